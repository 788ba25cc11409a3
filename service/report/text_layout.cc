#include "service/report/text_layout.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "service/base/source.h"

namespace klausul::report {
namespace {

constexpr std::size_t kWidth = 92;

}  // namespace

std::string WrapText(absl::string_view text, absl::string_view indent) {
  std::string out;
  for (const absl::string_view paragraph : absl::StrSplit(text, '\n')) {
    std::string line(indent);
    std::size_t width = indent.size();
    for (const absl::string_view word :
         absl::StrSplit(paragraph, ' ', absl::SkipEmpty())) {
      const std::size_t length = CodePointCount(word);
      if (width + length + 1 > kWidth && width > indent.size()) {
        absl::StrAppend(&out, line, "\n");
        line = std::string(indent);
        width = indent.size();
      }
      if (width > indent.size()) {
        line += ' ';
        ++width;
      }
      absl::StrAppend(&line, word);
      width += length;
    }
    if (width > indent.size()) absl::StrAppend(&out, line, "\n");
  }
  return out;
}

std::string PadTo(absl::string_view text, std::size_t width) {
  const std::size_t length = CodePointCount(text);
  return absl::StrCat(text,
                      std::string(length < width ? width - length : 0, ' '));
}

std::string ProvisionList(
    const google::protobuf::RepeatedPtrField<v1::LegalBasis>& bases) {
  std::vector<std::string> provisions;
  for (const v1::LegalBasis& basis : bases) {
    provisions.push_back(
        absl::StrCat(basis.instrument(), " ", basis.provision()));
  }
  return absl::StrJoin(provisions, ", ");
}

}  // namespace klausul::report
