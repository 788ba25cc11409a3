#include "service/server/serving_rules.h"

#include <utility>

namespace klausul::server {
namespace {

std::shared_ptr<const Served> Make(
    std::shared_ptr<const review::RuleCatalogue> catalogue,
    std::string bundle_digest, absl::Time now) {
  review::Reviewer reviewer(catalogue);
  return std::make_shared<const Served>(
      Served{std::move(catalogue), std::move(reviewer),
             std::move(bundle_digest), now, nullptr});
}

}  // namespace

ServingRules::ServingRules(
    std::shared_ptr<const review::RuleCatalogue> catalogue,
    std::string bundle_digest, absl::Time now)
    : current_(Make(std::move(catalogue), std::move(bundle_digest), now)) {}

std::shared_ptr<const Served> ServingRules::Current() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return current_;
}

void ServingRules::Replace(
    std::shared_ptr<const review::RuleCatalogue> catalogue,
    std::string bundle_digest, absl::Time now) {
  std::shared_ptr<const Served> next =
      Make(std::move(catalogue), std::move(bundle_digest), now);
  // What nobody uses any more is freed after the lock: that takes a while.
  const std::lock_guard<std::mutex> lock(mutex_);
  current_.swap(next);
}

void ServingRules::SetRefused(
    std::shared_ptr<const v1::RefusedUpdate> refused) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto next = std::make_shared<Served>(*current_);
  next->refused = std::move(refused);
  current_ = std::move(next);
}

}  // namespace klausul::server
