package io.escalus4j.server.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.FormField.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DataFormTest {

    @Test
    void a_form_is_written_with_all_that_it_says() {
        var form = DataForm.asking("urn:form", "Title", "Fill this.")
                .with(FormField.of("maxsubs", Kind.LIST_SINGLE, "Maximum")
                        .asRequired()
                        .withOptions("10", "20")
                        .with("20"));
        assertThat(form.toElement()).isEqualTo(Element.parse("""
                                <x xmlns='jabber:x:data' type='form'><title>Title</title>\
                                <instructions>Fill this.</instructions>\
                                <field var='FORM_TYPE' type='hidden'><value>urn:form</value></field>\
                                <field var='maxsubs' type='list-single' label='Maximum'><required/><value>20</value>\
                                <option><value>10</value></option><option><value>20</value></option></field></x>"""));
    }

    @Test
    void a_result_has_no_title() {
        assertThat(DataForm.result("urn:form").toElement()).isEqualTo(Element.parse("""
                                <x xmlns='jabber:x:data' type='result'>\
                                <field var='FORM_TYPE' type='hidden'><value>urn:form</value></field></x>"""));
    }

    @Test
    void what_was_submitted_is_read() {
        var form = read("<field var='a'><value>1</value><value>2</value></field><field var='b'><value/></field>");
        assertThat(form.type()).isEqualTo(DataForm.Type.SUBMIT);
        assertThat(form.values("a")).containsExactly("1", "2");
        assertThat(form.value("a")).contains("1");
        assertThat(form.value("b")).as("an empty value").isEmpty();
        assertThat(form.value("c")).as("a field that is not there").isEmpty();
    }

    @Test
    void a_form_that_was_read_is_written_as_it_was() {
        var xml = """
                <x xmlns='jabber:x:data' type='form'><title>T</title><instructions>I</instructions>\
                <field type='fixed'><value>Section 1</value></field>\
                <field var='a' type='jid-multi' label='L'><required/><value>x@y</value></field></x>""";
        var form = DataForm.in(Element.of("parent", "urn:p").with(Element.parse(xml)))
                .orElseThrow();
        assertThat(form.toElement()).isEqualTo(Element.parse(xml));
    }

    @Test
    void an_unknown_kind_of_field_is_a_line_of_text() {
        var form = read("<field var='a' type='colour'/><field var='b'/>");
        assertThat(form.fields()).extracting(FormField::kind).containsOnly(Kind.TEXT_SINGLE);
    }

    @Test
    void what_is_no_form_is_not_read() {
        assertThat(DataForm.in(Element.of("parent", "urn:p"))).isEmpty();
        assertThat(DataForm.in(Element.of("parent", "urn:p").with(Element.of("x", "jabber:x:data"))))
                .isEmpty();
        assertThat(DataForm.in(Element.of("parent", "urn:p")
                        .with(Element.of("x", "jabber:x:data").with("type", "y"))))
                .isEmpty();
    }

    @Test
    void what_is_required_must_be_there() {
        var form = asking(FormField.of("a", Kind.TEXT_SINGLE).asRequired());
        assertThat(form.faultIn(read(""))).contains("field 'a' is missing, it is required");
        assertThat(form.faultIn(read("<field var='a'><value/></field>")))
                .contains("field 'a' is missing, it is required");
        assertThat(form.faultIn(read("<field var='a'><value>x</value></field>")))
                .isEmpty();
    }

    @Test
    void what_is_not_asked_is_ignored_and_what_is_not_required_may_be_missing() {
        var form = asking(FormField.of("a", Kind.JID_SINGLE));
        assertThat(form.faultIn(read("<field var='b'><value>@</value></field>")))
                .isEmpty();
        assertThat(form.faultIn(read("<field var='a'><value/></field>"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TEXT_SINGLE", "TEXT_PRIVATE", "JID_SINGLE", "LIST_SINGLE", "BOOLEAN", "FIXED"})
    void a_single_field_has_one_value(Kind kind) {
        var form = asking(FormField.of("a", kind));
        assertThat(form.faultIn(read("<field var='a'><value>1</value><value>1</value></field>")))
                .contains("field 'a' has 2 values, one is allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "BOOLEAN, 1, 2, '0, 1, false or true'",
        "BOOLEAN, true, yes, '0, 1, false or true'",
        "JID_SINGLE, juliet@capulet.lit, @, a JID (RFC 7622 section 3)",
        "JID_MULTI, juliet@capulet.lit/balcony, a@b@c, a JID (RFC 7622 section 3)",
        "LIST_SINGLE, 10, 30, '10, 20'",
        "LIST_MULTI, 20, 30, '10, 20'"
    })
    void a_value_must_be_of_its_kind(Kind kind, String good, String bad, String allowed) {
        var form = asking(FormField.of("a", kind).withOptions("10", "20"));
        assertThat(form.faultIn(read("<field var='a'><value>%s</value></field>".formatted(good))))
                .isEmpty();
        assertThat(form.faultIn(read("<field var='a'><value>%s</value></field>".formatted(bad))))
                .contains("field 'a' is '%s', %s is allowed".formatted(bad, allowed));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TEXT_SINGLE", "TEXT_PRIVATE", "TEXT_MULTI", "FIXED"})
    void text_is_free(Kind kind) {
        assertThat(asking(FormField.of("a", kind)).faultIn(read("<field var='a'><value>@ %</value></field>")))
                .isEmpty();
    }

    @Test
    void another_form_is_no_answer() {
        var form = asking(FormField.of("a", Kind.TEXT_SINGLE));
        assertThat(form.faultIn(read("<field var='FORM_TYPE'><value>urn:other</value></field>")))
                .contains("field 'FORM_TYPE' is 'urn:other', urn:form is allowed");
        assertThat(form.faultIn(read("<field var='FORM_TYPE'><value>urn:form</value></field>")))
                .isEmpty();
    }

    private static DataForm asking(FormField field) {
        return DataForm.asking("urn:form", "Title", "Fill this.").with(field);
    }

    private static DataForm read(String fields) {
        var x = Element.parse("<x xmlns='jabber:x:data' type='submit'>" + fields + "</x>");
        Optional<DataForm> form = DataForm.in(Element.of("parent", "urn:p").with(List.of(x)));
        return form.orElseThrow();
    }
}
