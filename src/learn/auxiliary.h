#pragma once

#include <functional>

#include "learn/dataset.h"
#include "learn/text_units.h"

namespace xinjing::learn {

/// Learns a projection from public sets: one softmax regression per set over the grams, whose
/// decision values are scaled to deviation 1 over the customers' turns of `examples`.
/// `done(k)` is called after k sets.
Projection learn_projection(std::span<const AuxiliarySet> sets, std::span<const Labelled> examples,
                            std::span<const CountedExample> counted, const Writing& writing,
                            const std::function<void(std::size_t)>& done);

}  // namespace xinjing::learn
