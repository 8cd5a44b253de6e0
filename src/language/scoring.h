#pragma once

#include "language/reader.h"

// The steps of Reader::read, for it and for tests.
namespace xinjing::language {

/// The rows that `hits` have in one space.
void gather_rows(const WeightBlock& block, Space space, std::span<const ReadScratch::Hit> hits,
                 std::vector<ReadScratch::RowHit>& rows);

/// The rows that `hits` have in kCustomer and kLast together, in the steps of the alone_block.
void gather_alone(const TextModel& model, std::span<const ReadScratch::Hit> hits,
                  std::vector<ReadScratch::RowHit>& rows);

/// Adds up rows: `sums` gets width numbers more.
void add_rows(std::span<const ReadScratch::RowHit> rows, std::uint32_t width,
              std::span<std::int32_t> sums);

/// Adds scale x block.scale x sums to `scores`.
void add_scaled(const WeightBlock& block, std::span<const std::int32_t> sums, float scale,
                std::span<float> scores);

/// Adds the weights of the shapes that are there to `scores`. REQUIRES: shapes are 0 or 1.
void add_shapes(const UnitWeights& unit, std::span<const float> shapes, std::span<float> scores);

/// The probabilities of all score heads of a unit from its scores, by column. REQUIRES: the unit's
/// width of both. Logits beyond 60 count as 60.
void unit_probabilities(const TextModel& model, bool per_turn, std::span<const float> scores,
                        std::span<float> p);

/// Fills turn_scores and episode_scores of the scratch, whose turns have been looked up.
void score_conversation(const TextModel& model, ReadScratch& scratch);

/// Finds the stretches that carry what `reading` says (attribution.cc). The model is linear, so a
/// score is a sum over grams; each gram's part is spread evenly over its characters, and a ground
/// is the stretch within one clause where the sum is largest, as a person would cite it
/// (quotable.h). Without words, Chinese words may be cut.
void find_grounds(const TextModel& model, const HanWords* words, ReadScratch& scratch,
                  Reading& reading);

}  // namespace xinjing::language
