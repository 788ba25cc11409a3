#ifndef KLAUSUL_SERVICE_REPORT_JSON_MESSAGE_H_
#define KLAUSUL_SERVICE_REPORT_JSON_MESSAGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include <google/protobuf/message.h>

namespace klausul::report {

// Appends the protobuf JSON form of a report message: names in camel case,
// enum values by name, what is not set left out. The same document as
// protobuf's own MessageToJsonString(), which goes through the wire form and a
// type server and takes ten times as long: half of what a plan of an archive
// costs.
//
// Takes what the messages of klausul.v1 have, and no well-known types (those of
// google.protobuf have forms of their own).
void AppendJson(const google::protobuf::Message& message, std::string& out);

// Appends a text in quotes. Besides what JSON asks for, `<`, `>` and the line
// separators of JavaScript are escaped, so that a report may stand in a page.
void AppendJsonText(absl::string_view text, std::string& out);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_JSON_MESSAGE_H_
