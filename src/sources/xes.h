#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sources/source.h"

namespace xinjing::sources {

/// The steps of an event log in XES (IEEE 1849-2016), plain or packed by gzip, as rows with the
/// columns of the table `touchpoints`. A `start` and the `complete` (or `ate_abort`, `pi_abort`,
/// `withdraw`) of the same activity and instance are one row with a start and an end, first come
/// first served; any other event is a row of its moment, its transition in `status` unless that is
/// `complete`. An event's attribute `start_timestamp` is its start. The case is the trace's
/// concept:name; the resource org:resource, else org:group, else org:role; customer and channel are
/// attributes of these names of the event or its trace. The id of a row is identity:id, else made
/// of case, place in the trace and time. A document type is refused, so no entity can grow. A log
/// is new as a whole, or it is not. Memory: one trace. Cost: about 1 microsecond an event. Not for
/// several threads at once.
class XesSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options);
  ~XesSource() override;

  const SourceFacts& facts() const override { return x_facts; }
  std::span<const std::string> header() const override;
  std::uint64_t size() const override { return x_content.bytes().size(); }
  Status next(Batch& batch, std::size_t limit) override;

 private:
  struct Parsing;  // expat and what was parsed
  explicit XesSource(Content content);
  Position whole() const;

  Content x_content;
  SourceFacts x_facts;
  std::unique_ptr<Parsing> x_parsing;
  std::int64_t x_row = 0;
  std::optional<Failure> x_failed;
  bool x_done = false;
};

/// Whether a file is an XES log packed by gzip: by its name and its first bytes.
bool is_packed_xes(std::string_view name, std::string_view bytes);

}  // namespace xinjing::sources
