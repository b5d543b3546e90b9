package io.escalus4j.stories.cli;

import picocli.CommandLine.Command;

/** {@code escalus spec}: what the specifications demand. */
@Command(
        name = "spec",
        mixinStandardHelpOptions = true,
        description = "What the specifications demand, and which stories prove it.",
        subcommands = MatrixCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class SpecCommand {}
