#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_LISTS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_LISTS_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// Methods of lists: `slice flatten distinct reverse sort sortBy`, and the
// function `lists.range`. `first` and `last` give optionals and come with
// those.
//
// `sort` and `sortBy` are stable and take bools, numbers, texts, bytes,
// instants and durations, all of one kind; `distinct` keeps the first of equal
// elements.
void AddLists(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_LISTS_H_
