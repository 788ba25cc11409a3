#include "service/cel/extensions/extensions.h"

#include "service/cel/extensions/block.h"
#include "service/cel/extensions/encoders.h"
#include "service/cel/extensions/lists.h"
#include "service/cel/extensions/math.h"
#include "service/cel/extensions/network.h"
#include "service/cel/extensions/optionals.h"
#include "service/cel/extensions/protos.h"
#include "service/cel/extensions/regex_extension.h"
#include "service/cel/extensions/sets.h"
#include "service/cel/extensions/strings.h"
#include "service/cel/macros.h"

namespace klausul::cel {

void AddAllExtensions(EnvironmentBuilder& builder) {
  builder.AddMacros(TwoVariableMacros()).AddMacros(BindMacros());
  AddBlock(builder);
  AddEncoders(builder);
  AddLists(builder);
  AddMath(builder);
  AddNetwork(builder);
  AddOptionals(builder);
  AddProtos(builder);
  AddRegex(builder);
  AddSets(builder);
  AddStrings(builder);
}

}  // namespace klausul::cel
