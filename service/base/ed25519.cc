#include "service/base/ed25519.h"

#include <cstddef>
#include <memory>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "service/base/status_macros.h"

namespace klausul {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// A key with a passphrase would otherwise have OpenSSL ask the terminal.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*writing*/,
                 void* /*user*/) {
  return -1;
}

absl::StatusOr<Key> ReadKey(absl::string_view pem, bool is_private) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                &BIO_free);
  Key key(
      is_private
          ? PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, nullptr)
          : PEM_read_bio_PUBKEY(bio.get(), nullptr, NoPassphrase, nullptr),
      &EVP_PKEY_free);
  ERR_clear_error();
  if (key == nullptr || EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError(
        is_private ? "no private Ed25519 key in PEM without a passphrase"
                   : "no public Ed25519 key in PEM");
  }
  return key;
}

}  // namespace

absl::StatusOr<std::string> SignEd25519(absl::string_view private_key_pem,
                                        absl::string_view message) {
  ASSIGN_OR_RETURN(const Key key, ReadKey(private_key_pem, true));
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) !=
          1 ||
      EVP_DigestSign(context.get(),
                     reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Bytes(message), message.size()) != 1) {
    ERR_clear_error();
    return absl::InternalError("OpenSSL could not sign");
  }
  return signature;
}

absl::Status VerifyEd25519(absl::string_view public_key_pem,
                           absl::string_view message,
                           absl::string_view signature) {
  ASSIGN_OR_RETURN(const Key key, ReadKey(public_key_pem, false));
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const bool valid =
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                           key.get()) == 1 &&
      EVP_DigestVerify(context.get(), Bytes(signature), signature.size(),
                       Bytes(message), message.size()) == 1;
  ERR_clear_error();
  if (valid) return absl::OkStatus();
  return absl::PermissionDeniedError("the signature is not this key's");
}

}  // namespace klausul
