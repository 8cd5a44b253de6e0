#include "base/check.h"
#include "language/reader.h"
#include "language/reading_json.h"
#include "language/request.h"
#include "language/toy_model.h"

// Any line given to `xinjing read`: refused with a sentence, or answered with JSON that parses and
// whose spans lie inside the texts.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace xinjing::language;
  static const TextModel model(toy_parts({{"气死", Space::kOwn, {0, -20, 100}},
                                          {"气死", Space::kCustomer, {120, -20, 90}},
                                          {"a", Space::kCustomer, {90, 90, 90}},
                                          {"a", Space::kOwn, {-90, 90, 0}}}));
  static const Reader reader(&model, nullptr);
  static ReadScratch scratch;
  static Request request;
  xinjing::JsonParser parser;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  {
    xinjing::JsonParser whole, alone;
    XINJING_CHECK(static_cast<bool>(whole.parse("[" + legible_id(bytes, alone) + "]")));
  }
  const auto line = parser.parse(bytes);
  if (!line || !parse_request(*line, request)) return 0;
  const Conversation conversation = request.conversation();
  const Reading reading = reader.read(conversation, scratch);
  for (const Ground& ground : reading.grounds) {
    const auto text = conversation.turns[ground.turn].text;
    XINJING_CHECK(ground.span.begin < ground.span.end && ground.span.end <= text.size());
  }
  std::string out;
  xinjing::JsonWriter json(out);
  json.begin_object();
  ReadingWriter(model).write(conversation, reading, {}, json);
  json.end_object();
  xinjing::JsonParser again;
  XINJING_CHECK(static_cast<bool>(again.parse(out)));
  return 0;
}
