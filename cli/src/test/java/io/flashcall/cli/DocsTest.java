package io.flashcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.testbed.behaviour.BehaviourTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The documents say what is there.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocsTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "docs/follow-one-call.md",
                "docs/operations.md",
                "docs/adr/README.md"
            })
    void every_file_that_a_document_links_to_exists(String document) throws IOException {
        var file = ROOT.resolve(document);
        var missing = new ArrayList<String>();
        var link = LINK.matcher(Files.readString(file));
        while (link.find()) {
            if (!Files.exists(file.resolveSibling(link.group(1)))) {
                missing.add(link.group(1));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void follow_one_call_names_the_classes_that_a_call_passes() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/follow-one-call.md")))
                .contains("UserAgentPool.java", "FlashCall.java", "InviteTransaction.java", "ResponseView.java");
    }

    @Test
    void the_readme_has_the_carriers_table_of_numbers() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains(BehaviourTable.table().strip());
    }

    @Test
    void every_decision_is_in_the_index() throws IOException {
        var index = Files.readString(ROOT.resolve("docs/adr/README.md"));
        List<String> records;
        try (var files = Files.list(ROOT.resolve("docs/adr"))) {
            records = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{4}-.*\\.md"))
                    .toList();
        }
        assertThat(records).isNotEmpty().allMatch(index::contains);
    }
}
