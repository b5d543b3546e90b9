package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HighlightTest {

    private static String plain(String html) {
        return html.replaceAll("</?span[^>]*>", "");
    }

    @Test
    void names_attributes_and_values_are_told_apart() {
        assertThat(Highlight.html("<a b='c'>d</a>"))
                .isEqualTo("<span class=\"t\">&lt;</span><span class=\"n\">a</span> <span class=\"a\">b</span>="
                        + "<span class=\"v\">&#39;c&#39;</span><span class=\"t\">&gt;</span>d"
                        + "<span class=\"t\">&lt;/</span><span class=\"n\">a</span><span class=\"t\">&gt;</span>");
    }

    @Test
    void nothing_is_lost_and_everything_is_escaped() {
        var hostile = Element.of("x", "urn:\"><script>")
                .with("a", "'\"><img src=x onerror=alert(1)>")
                .with(Text.cdata("<b>]]></b>"), Text.of("</pre><script>"), Element.of("y"));
        String xml = PrettyXml.line(hostile);

        assertThat(plain(Highlight.html(xml))).isEqualTo(Html.escape(xml)).doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", "<a", "<a b", "<a b='", "<![CDATA[", "text", "<a b=\"x", "</"})
    void what_is_cut_off_does_no_harm(String xml) {
        assertThat(plain(Highlight.html(xml))).isEqualTo(Html.escape(xml));
    }
}
