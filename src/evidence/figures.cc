#include "evidence/figures.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing::evidence {

std::string_view figure_kind_id(FigureKind kind) {
  constexpr std::string_view kIds[] = {"agreement", "accuracy", "reliability"};
  return kIds[static_cast<std::size_t>(kind)];
}

std::string figure_text(const Figure& figure) {
  const std::string interval =
      figure.interval
          ? fmt::format(" ({:.2f} to {:.2f})", figure.interval->low, figure.interval->high)
          : std::string();
  return fmt::format("{} {:.2f}{}, n {}, {} {}", figure.measure, figure.value, interval, figure.n,
                     figure.dataset, figure.split);
}

const Figure* CardFigures::find(FigureKind kind) const {
  const auto found = std::find_if(figures.begin(), figures.end(),
                                  [&](const Figure& one) { return one.kind == kind; });
  return found == figures.end() ? nullptr : &*found;
}

Said grade_said(Grade grade) {
  switch (grade) {
    case Grade::kMeasured:
      return {"measured against people's judgement or what then happened",
              "与人的判断或后来发生的事比对过"};
    case Grade::kWeak:
      return {"grounded in theory, little measured", "有理论依据，实测不足"};
    case Grade::kFolk:
      break;
  }
  return {"a typology of sales practice, no measurement", "销售实践中的说法，不是测量"};
}

}  // namespace xinjing::evidence
