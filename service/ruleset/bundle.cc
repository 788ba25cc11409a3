#include "service/ruleset/bundle.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "google/protobuf/arena.h"
#include "google/protobuf/io/coded_stream.h"

#include "service/base/status_macros.h"

namespace klausul::ruleset {
namespace {

using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr std::size_t kMaxBlockBytes = std::size_t{1} << 20;

void AppendPiece(const std::string& piece, std::string& out) {
  // The most bytes that a varint of 32 bits takes.
  std::uint8_t length[5];
  const std::uint8_t* end = CodedOutputStream::WriteVarint32ToArray(
      static_cast<std::uint32_t>(piece.size()), length);
  out.append(reinterpret_cast<const char*>(length),
             static_cast<std::size_t>(end - length));
  out += piece;
}

absl::StatusOr<std::vector<std::string>> Pieces(absl::string_view bytes) {
  CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  std::vector<std::string> out;
  while (static_cast<std::size_t>(in.CurrentPosition()) < bytes.size()) {
    std::uint32_t size = 0;
    std::string piece;
    if (!in.ReadVarint32(&size) || size > bytes.size() ||
        !in.ReadString(&piece, static_cast<int>(size))) {
      return absl::DataLossError("a bundle of rule sets is damaged");
    }
    out.push_back(std::move(piece));
  }
  return out;
}

}  // namespace

std::string SerializeRuleSets(const std::vector<SharedRuleSet>& rule_sets) {
  std::string out;
  for (const SharedRuleSet& rule_set : rule_sets) {
    v1::RuleSet copy = *rule_set;
    for (v1::Rule& rule : *copy.mutable_rules()) {
      for (v1::Rule::Example& example : *rule.mutable_examples()) {
        example.clear_plan_json();
      }
    }
    AppendPiece(copy.SerializeAsString(), out);
  }
  return out;
}

absl::StatusOr<std::vector<SharedRuleSet>> ParseRuleSets(
    absl::string_view bytes) {
  ASSIGN_OR_RETURN(const std::vector<std::string> pieces, Pieces(bytes));
  std::vector<SharedRuleSet> out;
  for (const std::string& piece : pieces) {
    // On an arena: thousands of small messages that live and die together.
    google::protobuf::ArenaOptions options;
    options.start_block_size = std::min(piece.size(), kMaxBlockBytes);
    options.max_block_size = kMaxBlockBytes;
    const auto arena = std::make_shared<google::protobuf::Arena>(options);
    auto* const rule_set =
        google::protobuf::Arena::CreateMessage<v1::RuleSet>(arena.get());
    if (!rule_set->ParseFromString(piece)) {
      return absl::DataLossError("a bundle of rule sets is damaged");
    }
    out.push_back(SharedRuleSet(arena, rule_set));
  }
  return out;
}

std::string SerializeRuleFiles(const std::vector<RuleFile>& files) {
  std::string out;
  for (const RuleFile& file : files) {
    AppendPiece(file.path, out);
    AppendPiece(file.content, out);
  }
  return out;
}

absl::StatusOr<std::vector<RuleFile>> ParseRuleFiles(absl::string_view bytes) {
  ASSIGN_OR_RETURN(std::vector<std::string> pieces, Pieces(bytes));
  if (pieces.size() % 2 != 0) {
    return absl::DataLossError("a bundle of rule files is damaged");
  }
  std::vector<RuleFile> out;
  for (std::size_t i = 0; i < pieces.size(); i += 2) {
    out.push_back({std::move(pieces[i]), std::move(pieces[i + 1])});
  }
  return out;
}

}  // namespace klausul::ruleset
