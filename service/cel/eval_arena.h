#ifndef KLAUSUL_SERVICE_CEL_EVAL_ARENA_H_
#define KLAUSUL_SERVICE_CEL_EVAL_ARENA_H_

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/arena.h"

namespace klausul::cel {

// Owns what the evaluations of one call allocate: texts, lists, messages.
// Values that point into it must not outlive it. Not thread-safe.
class EvalArena {
 public:
  EvalArena() : arena_(Options()) {}

  // Keeps room for `bytes`, which Reset() does not give back.
  explicit EvalArena(std::size_t bytes)
      : kept_(new char[bytes]), arena_(Options(kept_.get(), bytes)) {}

  EvalArena(const EvalArena&) = delete;
  EvalArena& operator=(const EvalArena&) = delete;

  google::protobuf::Arena& protobuf_arena() { return arena_; }

  // Forgets everything that was made in it.
  void Reset() { arena_.Reset(); }

  template <typename T, typename... Args>
  T* New(Args&&... args) ABSL_ATTRIBUTE_LIFETIME_BOUND {
    return google::protobuf::Arena::Create<T>(&arena_,
                                              std::forward<Args>(args)...);
  }

  // Room for `size` objects, each made by the default constructor.
  template <typename T>
  absl::Span<T> NewArray(std::size_t size) ABSL_ATTRIBUTE_LIFETIME_BOUND {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= 8);
    if (size == 0) return {};
    char* bytes = google::protobuf::Arena::CreateArray<char>(
        &arena_, size * sizeof(T) + 8);
    void* room = bytes;
    std::size_t space = size * sizeof(T) + 8;
    T* first = static_cast<T*>(std::align(8, size * sizeof(T), room, space));
    for (std::size_t i = 0; i < size; ++i)
      new (first + i) T();
    return absl::MakeSpan(first, size);
  }

  template <typename T>
  absl::Span<const T> CopyArray(absl::Span<const T> from)
      ABSL_ATTRIBUTE_LIFETIME_BOUND {
    absl::Span<T> to = NewArray<T>(from.size());
    for (std::size_t i = 0; i < from.size(); ++i)
      to[i] = from[i];
    return to;
  }

  absl::string_view CopyText(absl::string_view text)
      ABSL_ATTRIBUTE_LIFETIME_BOUND {
    if (text.empty()) return {};
    char* bytes =
        google::protobuf::Arena::CreateArray<char>(&arena_, text.size());
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

 private:
  static google::protobuf::ArenaOptions Options(char* block = nullptr,
                                                std::size_t bytes = 0) {
    google::protobuf::ArenaOptions options;
    options.start_block_size = 4096;
    options.max_block_size = 65536;
    options.initial_block = block;
    options.initial_block_size = bytes;
    return options;
  }

  std::unique_ptr<char[]> kept_;
  google::protobuf::Arena arena_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EVAL_ARENA_H_
