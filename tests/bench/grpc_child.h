#ifndef KLAUSUL_TESTS_BENCH_GRPC_CHILD_H_
#define KLAUSUL_TESTS_BENCH_GRPC_CHILD_H_

#include <sys/types.h>

#include <string>

// A server in a process of its own, for the bench to call. It is this program
// again, started with the words below; the client has the other processor.

namespace klausul::bench {

// Which server. All of them take the same requests.
inline constexpr char kServeKlausul[] = "--serve-klausul";
// Parses each request and sends what Klausul once answered to it.
inline constexpr char kServeEmpty[] = "--serve-empty";

// The main function of such a process: serves, writes its port to standard
// output, ends with standard input. `answers` is a file with a serialised
// EvaluateStreamRequest-independent pair of answers; see Answers.
int ServeMain(const std::string& mode, const std::string& answers);

// What the empty service sends, whatever is asked.
struct Answers {
  std::string unary;   // EvaluateResponse
  std::string stream;  // EvaluateStreamResponse
};

// False where the file cannot be written.
bool WriteAnswers(const Answers& answers, const std::string& path);

// Keeps this process to the processor `number` where there are several.
void StayOnProcessor(int number);

// A child process that runs ServeMain(); ends with this object.
class ServerProcess {
 public:
  ServerProcess(const std::string& mode, const std::string& answers);
  ~ServerProcess();

  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // 0 where it did not start.
  int port() const { return port_; }

 private:
  pid_t process_ = -1;
  int to_child_ = -1;
  int port_ = 0;
};

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_GRPC_CHILD_H_
