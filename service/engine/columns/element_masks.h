#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_ELEMENT_MASKS_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_ELEMENT_MASKS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace klausul::engine {

// From masks over the elements of lists to masks over their owners. Internal
// to this folder.
class ElementMasks {
 public:
  // The elements of owner i are rows begins[i] to begins[i + 1].
  void Begin(const std::uint32_t* begins, std::size_t owners);

  // A bit of `out` for each owner, set where some element's is. Elements past
  // the last have none.
  void AnyOf(const std::uint64_t* elements, std::uint64_t* out);

 private:
  std::size_t element_words_ = 0;
  std::size_t owner_words_ = 0;
  // The last element of each owner.
  std::vector<std::uint64_t> last_;
  // The owners that have elements.
  std::vector<std::uint64_t> with_elements_;
  bool all_have_elements_ = false;
  // A bit for each of these.
  std::vector<std::uint64_t> packed_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_ELEMENT_MASKS_H_
