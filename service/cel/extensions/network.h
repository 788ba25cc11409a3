#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_NETWORK_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_NETWORK_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// The types net.IP and net.CIDR with their functions: ip, cidr, isIP, isCIDR,
// ip.isCanonical, family, isLoopback, containsIP, masked, ...
void AddNetwork(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_NETWORK_H_
