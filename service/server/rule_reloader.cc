#include "service/server/rule_reloader.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

#include "service/ruleset/bundle_file.h"

namespace klausul::server {

RuleReloader::RuleReloader(
    std::shared_ptr<const RuleSource> source, std::string fingerprint,
    std::shared_ptr<ServingRules> serving,
    std::function<absl::Status(const LoadedRules&)> prepare)
    : source_(std::move(source)),
      serving_(std::move(serving)),
      prepare_(std::move(prepare)),
      fingerprint_(std::move(fingerprint)) {}

bool RuleReloader::IsStale() const {
  return source_->Fingerprint() != fingerprint_;
}

Reload RuleReloader::Run(absl::Time now) {
  constexpr int kMaxReads = 3;
  absl::StatusOr<std::vector<ruleset::RuleFile>> files;
  // Half of the old files and half of the new ones may well compile.
  for (int i = 0; i < kMaxReads; ++i) {
    fingerprint_ = source_->Fingerprint();
    files = source_->Read();
    if (!IsStale()) break;
  }
  if (!files.ok()) return Refused(Refuse(files.status().message(), now));
  std::string digest = ruleset::BundleDigest(*files);
  if (digest == serving_->Current()->bundle_digest) {
    serving_->SetRefused(nullptr);
    return {Reload::Outcome::kUnchanged, nullptr};
  }
  LoadedRules loaded = LoadRules(*std::move(files), source_->name(), now);
  if (loaded.catalogue == nullptr) return Refused(std::move(loaded.refused));
  if (prepare_) {
    const absl::Status prepared = prepare_(loaded);
    if (!prepared.ok()) return Refused(Refuse(prepared.message(), now));
  }
  serving_->Replace(std::move(loaded.catalogue), std::move(digest), now);
  return {Reload::Outcome::kLoaded, nullptr};
}

Reload RuleReloader::Refused(v1::RefusedUpdate refused) {
  auto shared = std::make_shared<const v1::RefusedUpdate>(std::move(refused));
  serving_->SetRefused(shared);
  return {Reload::Outcome::kRefused, std::move(shared)};
}

}  // namespace klausul::server
