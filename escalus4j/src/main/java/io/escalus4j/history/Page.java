package io.escalus4j.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * One HTML page that needs nothing but itself. Its policy allows its own style and script by their hashes and nothing
 * else, so that a stanza that slipped through the escaping still could not run.
 */
public final class Page {
    private Page() {}

    /** A page in the style of the reports. */
    static String of(String title, String body) {
        return of(title, resource("report.css"), body, resource("report.js"));
    }

    /**
     * A page in a style of its own.
     *
     * @param body HTML, escaped already
     */
    public static String of(String title, String style, String body, String script) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                %s
                <script>%s</script>
                </body>
                </html>
                """.formatted(hash(style), hash(script), Html.escape(title), style, body, script);
    }

    /** Writes the page, and the directories above it. */
    public static void write(Path file, String title, String body) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, of(title, body));
    }

    private static final String BEGIN = "<body>\n";
    private static final String END = "\n<script>";

    /** The body of a page that {@link #write} has written, without its script. */
    static String bodyOf(Path file) throws IOException {
        String page = Files.readString(file);
        return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.lastIndexOf(END));
    }

    /** Text for a script to unpack when it is wanted: letters, digits and {@code +/=}, so it needs no escaping. */
    public static String packed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String hash(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("'%s' is missing in the jar".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
