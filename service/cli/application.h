#ifndef KLAUSUL_SERVICE_CLI_APPLICATION_H_
#define KLAUSUL_SERVICE_CLI_APPLICATION_H_

// The command line. The door of this folder: one file a command, all of them
// thin.

namespace klausul::cli {

// Runs the command that the arguments name and gives the exit code of the
// process: 0, 1 or 2, see ExitCode.
int Run(int argc, char** argv);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_APPLICATION_H_
