#ifndef KLAUSUL_SERVICE_SERVER_PAGE_TOKEN_H_
#define KLAUSUL_SERVICE_SERVER_PAGE_TOKEN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

// Tokens of pages: opaque to clients, and good for one list only.
//
// A token names the last id of the page before it, so that a list which changes
// between two pages (a reload) neither repeats nor skips what stayed. It is no
// secret; its check only keeps a client from mixing up two lists.

namespace klausul::server {

// The token of the page after `last_id`. `list` is the method and the request's
// filter.
std::string MakePageToken(absl::string_view list, absl::string_view last_id);

// The id that the page starts after; empty for an empty token, the first page.
// nullopt for a token that MakePageToken() did not make for this list.
absl::optional<std::string> ReadPageToken(absl::string_view list,
                                          absl::string_view token);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_PAGE_TOKEN_H_
