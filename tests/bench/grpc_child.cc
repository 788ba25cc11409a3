#include "tests/bench/grpc_child.h"

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>
#include <utility>

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/method_handler.h>

#include "klausul/v1/compliance_service.pb.h"

#include "service/server/server.h"
#include "tests/bench/fixtures.h"

extern char** environ;

namespace klausul::bench {

// A message to be serialised for every answer without being copied first, which
// would be work that an empty service need not do.
template <typename Message>
struct Prepared {
  const Message* message = nullptr;
};

}  // namespace klausul::bench

template <typename Message>
class grpc::SerializationTraits<klausul::bench::Prepared<Message>, void> {
 public:
  static grpc::Status Serialize(
      const klausul::bench::Prepared<Message>& prepared,
      grpc::ByteBuffer* buffer, bool* own_buffer) {
    return grpc::SerializationTraits<Message>::Serialize(*prepared.message,
                                                         buffer, own_buffer);
  }
};

namespace klausul::bench {
namespace {

class EmptyService final : public grpc::Service {
 public:
  EmptyService(v1::EvaluateResponse unary, v1::EvaluateStreamResponse stream)
      : unary_(std::move(unary)), stream_(std::move(stream)) {
    using grpc::internal::RpcMethod;
    using grpc::internal::RpcServiceMethod;
    using Unary = Prepared<v1::EvaluateResponse>;
    using Stream = Prepared<v1::EvaluateStreamResponse>;
    AddMethod(new RpcServiceMethod(
        "/klausul.v1.ComplianceService/Evaluate", RpcMethod::NORMAL_RPC,
        new grpc::internal::RpcMethodHandler<EmptyService, v1::EvaluateRequest,
                                             Unary>(
            [](EmptyService* service, grpc::ServerContext*,
               const v1::EvaluateRequest*, Unary* response) {
              response->message = &service->unary_;
              return grpc::Status::OK;
            },
            this)));
    AddMethod(new RpcServiceMethod(
        "/klausul.v1.ComplianceService/EvaluateStream",
        RpcMethod::BIDI_STREAMING,
        new grpc::internal::BidiStreamingHandler<
            EmptyService, v1::EvaluateStreamRequest, Stream>(
            [](EmptyService* service, grpc::ServerContext*,
               grpc::ServerReaderWriter<Stream, v1::EvaluateStreamRequest>*
                   stream) {
              v1::EvaluateStreamRequest request;
              while (stream->Read(&request) &&
                     stream->Write({&service->stream_})) {
              }
              return grpc::Status::OK;
            },
            this)));
  }

 private:
  const v1::EvaluateResponse unary_;
  const v1::EvaluateStreamResponse stream_;
};

// Serves until standard input ends.
int TellPortAndWait(int port) {
  std::printf("%d\n", port);
  std::fflush(stdout);
  char byte = 0;
  while (::read(STDIN_FILENO, &byte, 1) > 0) {
  }
  return 0;
}

int ServeKlausul() {
  server::ServerOptions options;
  options.listen = "127.0.0.1:0";
  const auto server = server::Server::Start(Catalogue(), options);
  return server.ok() ? TellPortAndWait((*server)->port()) : 2;
}

int ServeEmpty(const std::string& answers) {
  std::ifstream in(answers, std::ios::binary);
  std::size_t size = 0;
  if (!(in >> size)) return 2;
  in.get();
  std::string unary(size, '\0');
  in.read(unary.data(), static_cast<std::streamsize>(size));
  const std::string stream{std::istreambuf_iterator<char>(in),
                           std::istreambuf_iterator<char>()};
  v1::EvaluateResponse unary_answer;
  v1::EvaluateStreamResponse stream_answer;
  if (!unary_answer.ParseFromString(unary) ||
      !stream_answer.ParseFromString(stream)) {
    return 2;
  }
  EmptyService service(std::move(unary_answer), std::move(stream_answer));
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  return server == nullptr ? 2 : TellPortAndWait(port);
}

}  // namespace

int ServeMain(const std::string& mode, const std::string& answers) {
  StayOnProcessor(0);
  return mode == kServeKlausul ? ServeKlausul() : ServeEmpty(answers);
}

bool WriteAnswers(const Answers& answers, const std::string& path) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << answers.unary.size() << "\n" << answers.unary << answers.stream;
  return static_cast<bool>(out.flush());
}

void StayOnProcessor(int number) {
  if (std::thread::hardware_concurrency() < 2) return;
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(static_cast<std::size_t>(number), &processors);
  // Where it is refused the figures are noisier, and still of the same work.
  (void)sched_setaffinity(0, sizeof processors, &processors);
}

ServerProcess::ServerProcess(const std::string& mode,
                             const std::string& answers) {
  int down[2] = {-1, -1};
  int up[2] = {-1, -1};
  if (::pipe2(down, O_CLOEXEC) != 0 || ::pipe2(up, O_CLOEXEC) != 0) return;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, down[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, up[1], STDOUT_FILENO);
  std::string program = BesideThisProgram("klausul_bench");
  std::string mode_word = mode;
  std::string answers_word = answers;
  char* argv[] = {program.data(), mode_word.data(), answers_word.data(),
                  nullptr};
  const int failed =
      posix_spawn(&process_, program.c_str(), &actions, nullptr, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(down[0]);
  ::close(up[1]);
  to_child_ = down[1];
  if (failed != 0) {
    process_ = -1;
  } else if (std::FILE* const answer = ::fdopen(up[0], "r")) {
    if (std::fscanf(answer, "%d", &port_) != 1) port_ = 0;
    std::fclose(answer);
    return;
  }
  ::close(up[0]);
}

ServerProcess::~ServerProcess() {
  if (to_child_ >= 0) ::close(to_child_);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

}  // namespace klausul::bench
