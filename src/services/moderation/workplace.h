// What the staff works with beside cases (casework.h), put together.
#pragma once

#include "services/moderation/case_media.h"
#include "services/moderation/figures.h"
#include "services/moderation/likeness.h"
#include "services/moderation/lookup.h"
#include "services/moderation/quality.h"
#include "services/moderation/templates.h"
#include "services/moderation/translations.h"
#include "services/moderation/verification.h"
#include "services/moderation/wellness.h"

namespace heliograph::services {

struct Workplace {
  // `pictures` null: none are shown. `translator` null: nothing is translated.
  Workplace(const Environment& environment, const Casework& casework, const Discovery& discovery,
            QualityRules rules, const CaseMedia* pictures, Translator* translator = nullptr)
      : templates(environment),
        figures(environment),
        quality(environment, casework, rules),
        lookup(environment, casework, discovery),
        verification(environment),
        wellness(environment),
        likeness(environment),
        translations(environment, translator),
        media(pictures) {}
  Workplace(const Workplace&) = delete;

  Templates templates;
  Figures figures;
  Quality quality;
  Lookup lookup;
  Verification verification;
  Wellness wellness;
  Likeness likeness;
  Translations translations;
  const CaseMedia* media;  // null: pictures are not shown
};

}  // namespace heliograph::services
