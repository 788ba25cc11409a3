#include "service/cel/extensions/network.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/cel/extensions/ip_address.h"
#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

constexpr absl::string_view kIpName = "net.IP";
constexpr absl::string_view kCidrName = "net.CIDR";

// --- Values ------------------------------------------------------------------

class IpValue final : public OpaqueValue {
 public:
  explicit IpValue(const IpAddress& address) : address_(address) {}

  const IpAddress& address() const { return address_; }

  absl::string_view type_name() const override { return kIpName; }

  bool Equals(const OpaqueValue& other) const override {
    return address_ == static_cast<const IpValue&>(other).address_;
  }

  std::string DebugString() const override {
    return absl::StrCat("ip(\"", address_.ToString(), "\")");
  }

 private:
  IpAddress address_;
};

class CidrValue final : public OpaqueValue {
 public:
  explicit CidrValue(const IpBlock& block) : block_(block) {}

  const IpBlock& block() const { return block_; }

  absl::string_view type_name() const override { return kCidrName; }

  bool Equals(const OpaqueValue& other) const override {
    return block_ == static_cast<const CidrValue&>(other).block_;
  }

  std::string DebugString() const override {
    return absl::StrCat("cidr(\"", block_.ToString(), "\")");
  }

 private:
  IpBlock block_;
};

// Each only for a value of that type, which the overloads see to.
const IpAddress& AddressOf(const Value& value) {
  return static_cast<const IpValue&>(value.opaque()).address();
}

const IpBlock& BlockOf(const Value& value) {
  return static_cast<const CidrValue&>(value.opaque()).block();
}

Value MakeIp(const IpAddress& address, EvalContext& context) {
  return Value::Opaque(context.arena().New<IpValue>(address));
}

Value MakeCidr(const IpBlock& block, EvalContext& context) {
  return Value::Opaque(context.arena().New<CidrValue>(block));
}

Value NoAddress(EvalContext& context) {
  return context.Error(ErrorCode::kInvalidArgument,
                       "the text is no IP address");
}

Value NoBlock(EvalContext& context) {
  return context.Error(ErrorCode::kInvalidArgument,
                       "the text is no block of IP addresses in CIDR notation");
}

// --- From and to text --------------------------------------------------------

Value Ip(Args args, EvalContext& context) {
  const absl::optional<IpAddress> address = IpAddress::Parse(args[0].text());
  return address.has_value() ? MakeIp(*address, context) : NoAddress(context);
}

Value Cidr(Args args, EvalContext& context) {
  const absl::optional<IpBlock> block = IpBlock::Parse(args[0].text());
  return block.has_value() ? MakeCidr(*block, context) : NoBlock(context);
}

Value IsIp(Args args, EvalContext&) {
  return Value::Bool(IpAddress::Parse(args[0].text()).has_value());
}

Value IsCidr(Args args, EvalContext&) {
  return Value::Bool(IpBlock::Parse(args[0].text()).has_value());
}

Value IsCanonical(Args args, EvalContext& context) {
  const absl::optional<IpAddress> address = IpAddress::Parse(args[0].text());
  if (!address.has_value()) return NoAddress(context);
  return Value::Bool(address->ToString() == std::string(args[0].text()));
}

Value StringOfIp(Args args, EvalContext& context) {
  return Value::String(AddressOf(args[0]).ToString(), context.arena());
}

Value StringOfCidr(Args args, EvalContext& context) {
  return Value::String(BlockOf(args[0]).ToString(), context.arena());
}

// --- Methods of addresses ----------------------------------------------------

Value Family(Args args, EvalContext&) {
  return Value::Int(AddressOf(args[0]).family());
}

template <bool (IpAddress::*kIs)() const>
Value Is(Args args, EvalContext&) {
  return Value::Bool((AddressOf(args[0]).*kIs)());
}

// --- Methods of blocks -------------------------------------------------------

Value IpOfCidr(Args args, EvalContext& context) {
  return MakeIp(BlockOf(args[0]).address(), context);
}

Value PrefixLength(Args args, EvalContext&) {
  return Value::Int(BlockOf(args[0]).prefix_length());
}

Value Masked(Args args, EvalContext& context) {
  return MakeCidr(BlockOf(args[0]).Masked(), context);
}

Value IsMask(Args args, EvalContext&) {
  const IpBlock& block = BlockOf(args[0]);
  return Value::Bool(block == block.Masked());
}

Value ContainsIp(Args args, EvalContext&) {
  return Value::Bool(BlockOf(args[0]).Contains(AddressOf(args[1])));
}

Value ContainsIpText(Args args, EvalContext& context) {
  const absl::optional<IpAddress> address = IpAddress::Parse(args[1].text());
  if (!address.has_value()) return NoAddress(context);
  return Value::Bool(BlockOf(args[0]).Contains(*address));
}

Value ContainsCidr(Args args, EvalContext&) {
  return Value::Bool(BlockOf(args[0]).Contains(BlockOf(args[1])));
}

Value ContainsCidrText(Args args, EvalContext& context) {
  const absl::optional<IpBlock> block = IpBlock::Parse(args[1].text());
  if (!block.has_value()) return NoBlock(context);
  return Value::Bool(BlockOf(args[0]).Contains(*block));
}

}  // namespace

void AddNetwork(EnvironmentBuilder& builder) {
  const Type ip = Type::Opaque(kIpName);
  const Type cidr = Type::Opaque(kCidrName);
  const Type s = Type::String();
  const Type i = Type::Int();
  const Type truth = Type::Bool();
  builder.AddTypeName(kIpName, ip).AddTypeName(kCidrName, cidr);
  AddRows(builder, CallStyle::kGlobal,
          {
              {"ip", "string_to_ip", {s}, ip, Ip},
              {"cidr", "string_to_cidr", {s}, cidr, Cidr},
              {"isIP", "is_ip", {s}, truth, IsIp},
              {"isCIDR", "is_cidr", {s}, truth, IsCidr},
              {"ip.isCanonical", "ip_is_canonical", {s}, truth, IsCanonical},
              {"string", "ip_to_string", {ip}, s, StringOfIp},
              {"string", "cidr_to_string", {cidr}, s, StringOfCidr},
          });
  AddRows(builder, CallStyle::kReceiver,
          {
              {"family", "ip_family", {ip}, i, Family},
              {"isUnspecified",
               "ip_is_unspecified",
               {ip},
               truth,
               Is<&IpAddress::IsUnspecified>},
              {"isLoopback",
               "ip_is_loopback",
               {ip},
               truth,
               Is<&IpAddress::IsLoopback>},
              {"isGlobalUnicast",
               "ip_is_global_unicast",
               {ip},
               truth,
               Is<&IpAddress::IsGlobalUnicast>},
              {"isLinkLocalMulticast",
               "ip_is_link_local_multicast",
               {ip},
               truth,
               Is<&IpAddress::IsLinkLocalMulticast>},
              {"isLinkLocalUnicast",
               "ip_is_link_local_unicast",
               {ip},
               truth,
               Is<&IpAddress::IsLinkLocalUnicast>},
              {"ip", "cidr_ip", {cidr}, ip, IpOfCidr},
              {"prefixLength", "cidr_prefix_length", {cidr}, i, PrefixLength},
              {"masked", "cidr_masked", {cidr}, cidr, Masked},
              {"isMask", "cidr_is_mask", {cidr}, truth, IsMask},
              {"containsIP", "cidr_contains_ip", {cidr, ip}, truth, ContainsIp},
              {"containsIP",
               "cidr_contains_ip_string",
               {cidr, s},
               truth,
               ContainsIpText},
              {"containsCIDR",
               "cidr_contains_cidr",
               {cidr, cidr},
               truth,
               ContainsCidr},
              {"containsCIDR",
               "cidr_contains_cidr_string",
               {cidr, s},
               truth,
               ContainsCidrText},
          });
}

}  // namespace klausul::cel
