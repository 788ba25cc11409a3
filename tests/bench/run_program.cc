#include "tests/bench/run_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace klausul::bench {

int RunProgram(const std::string& program, std::vector<std::string> arguments,
               struct rusage* usage) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> argv;
  for (std::string& argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY,
                                     0);
  }
  char* environment[] = {nullptr};
  pid_t process = 0;
  const int spawned = posix_spawn(&process, argv.front(), &actions, nullptr,
                                  argv.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) return -1;
  int status = 0;
  if (wait4(process, &status, 0, usage) != process || !WIFEXITED(status)) {
    return -1;
  }
  return WEXITSTATUS(status);
}

}  // namespace klausul::bench
