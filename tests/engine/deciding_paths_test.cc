#include "service/engine/deciding_paths.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/eval_arena.h"
#include "service/cel/value.h"
#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;

MATCHER_P2(Counts, path, count, "") {
  return arg.path == path && arg.count == count;
}

class DecidingPathsTest : public testing::Test {
 protected:
  cel::Value Missing(const cel::AttributePath& path) {
    return cel::Value::Unknown(&path, arena_);
  }

  std::unique_ptr<const EffectivePlan> plan_ =
      *EffectivePlan::Make(Plan(R"pb(division {divided : false})pb"));
  DecidingPaths paths_{*plan_};
  cel::EvalArena arena_;
  const cel::AttributePath root_{""};
  const cel::AttributePath award_{&root_, cel::AttributePath::Step::kField,
                                  "award"};
  const cel::AttributePath dates_{&root_, cel::AttributePath::Step::kField,
                                  "dates"};
};

TEST_F(DecidingPathsTest, AResultCountsOnceForEachPath) {
  const cel::Value both =
      cel::UnionOfUnknowns(Missing(award_), Missing(dates_), arena_);
  const cel::Value award = Missing(award_);
  paths_.Add(&both.unknown(), &award.unknown());
  paths_.Add(nullptr, &award.unknown());
  EXPECT_THAT(paths_.Sorted(),
              ElementsAre(Counts("award", 2), Counts("dates", 1)));
}

TEST_F(DecidingPathsTest, PathsOfTheLotArePathsOfThePlan) {
  const cel::AttributePath lot("lot");
  const cel::AttributePath award(&lot, cel::AttributePath::Step::kField,
                                 "award");
  const cel::Value of_lot = Missing(award);
  const cel::Value of_plan = Missing(award_);
  paths_.Add(&of_lot.unknown(), &of_plan.unknown());
  EXPECT_THAT(paths_.Sorted(), ElementsAre(Counts("award", 1)));
}

TEST_F(DecidingPathsTest, AReasonIsNoPath) {
  const cel::Value reason = cel::Value::UnknownBecause("currency", arena_);
  paths_.Add(&reason.unknown(), nullptr);
  EXPECT_THAT(paths_.Sorted(), testing::IsEmpty());
}

TEST_F(DecidingPathsTest, TextsAndPathsMeet) {
  const cel::Value award = Missing(award_);
  paths_.Add(&award.unknown(), nullptr);
  paths_.ForgetPaths();
  paths_.Add({"award", "dates", "award"});
  EXPECT_THAT(paths_.Sorted(),
              ElementsAre(Counts("award", 2), Counts("dates", 1)));
}

}  // namespace
}  // namespace klausul::engine
