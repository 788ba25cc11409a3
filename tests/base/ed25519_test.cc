#include "service/base/ed25519.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace klausul {
namespace {

// RFC 8032, section 7.1, TEST 2, its keys in PEM.
constexpr char kPrivate[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
constexpr char kPublic[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
    "-----END PUBLIC KEY-----\n";
constexpr char kMessage[] = "\x72";
constexpr char kSignature[] =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

// A key for agreement, not for signatures.
constexpr char kX25519[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VuBCIEIFhAvVr5Qg1fjbnv7a2sO/vBf9Se/XAK7E1bD35X0616\n"
    "-----END PRIVATE KEY-----\n";

TEST(Ed25519Test, SignsAsTheStandardShows) {
  const auto signature = SignEd25519(kPrivate, kMessage);
  ASSERT_TRUE(signature.ok()) << signature.status();
  EXPECT_EQ(absl::BytesToHexString(*signature), kSignature);
}

TEST(Ed25519Test, TakesItsOwnSignatureAndNoOther) {
  const std::string signature = absl::HexStringToBytes(kSignature);
  EXPECT_TRUE(VerifyEd25519(kPublic, kMessage, signature).ok());
  EXPECT_EQ(VerifyEd25519(kPublic, "s", signature).code(),
            absl::StatusCode::kPermissionDenied);
  std::string wrong = signature;
  wrong[5] ^= 1;
  EXPECT_EQ(VerifyEd25519(kPublic, kMessage, wrong).code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(VerifyEd25519(kPublic, kMessage, "").code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(Ed25519Test, RefusesWhatIsNoKey) {
  EXPECT_EQ(SignEd25519("", kMessage).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SignEd25519(kPublic, kMessage).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SignEd25519(kX25519, kMessage).status().message(),
            "no private Ed25519 key in PEM without a passphrase");
  EXPECT_EQ(VerifyEd25519(kPrivate, kMessage, "").code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace klausul
