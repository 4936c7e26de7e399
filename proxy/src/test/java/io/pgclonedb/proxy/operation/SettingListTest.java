package io.pgclonedb.proxy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingListTest {
    @Test
    void takesAStoredListApart() {
        assertThat(SettingList.elements("\"a b\", \"$user\", \"we\"\"ird\", public, \"x,y\""))
                .containsExactly("a b", "$user", "we\"ird", "public", "x,y");
    }

    @Test
    void passesOverSpaceAroundElementsAndKeepsItWithin() {
        assertThat(SettingList.elements(" a ,\tb c  , \" d \" ")).containsExactly("a", "b c", " d ");
    }

    @Test
    void takesAnEmptyListForTheOneEmptyName() {
        assertThat(SettingList.elements("")).containsExactly("");
        assertThat(SettingList.elements("\"\"")).containsExactly("");
    }

    @Test
    void knowsTheSettingsThatHoldLists() {
        assertThat(SettingList.isList("search_path")).isTrue();
        assertThat(SettingList.isList("Search_Path")).isTrue();
        assertThat(SettingList.isList("DateStyle")).isFalse();
        assertThat(SettingList.isList("my.search_path")).isFalse();
    }
}
