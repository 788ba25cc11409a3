#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_MASK_KERNELS_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_MASK_KERNELS_H_

#include <cstddef>
#include <cstdint>

// The inner loops of batches, for what the processor can do. A mask has a bit
// for each row, in words of 64. Internal to this folder.

namespace klausul::engine {

struct MaskKernels {
  // Bit i of `out` is set where `first <= codes[i] <= last`, added to what it
  // is. `rows` is a multiple of 64, all of which can be read.
  void (*add_range_8)(const std::uint8_t* codes, std::size_t rows,
                      std::uint8_t first, std::uint8_t last,
                      std::uint64_t* out);
  void (*add_range_16)(const std::uint16_t* codes, std::size_t rows,
                       std::uint16_t first, std::uint16_t last,
                       std::uint64_t* out);
  // Bit i of the result is the i-th of the bits of `from` that are set in
  // `which`.
  std::uint64_t (*gather_bits)(std::uint64_t from, std::uint64_t which);
  // The other way round.
  std::uint64_t (*scatter_bits)(std::uint64_t from, std::uint64_t which);
  // What each key reaches of the ascending cuts.
  void (*classify_8)(const std::int64_t* keys, std::size_t rows,
                     const std::int64_t* cuts, std::size_t cut_count,
                     std::uint8_t* out);
  void (*classify_16)(const std::int64_t* keys, std::size_t rows,
                      const std::int64_t* cuts, std::size_t cut_count,
                      std::uint16_t* out);
};

// Those for this processor.
const MaskKernels& Kernels();

// Those that run anywhere; for tests.
const MaskKernels& PortableKernels();

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_MASK_KERNELS_H_
