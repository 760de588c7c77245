package io.tidewatch.rules;

import java.util.Optional;

/** A rule of which a part becomes operators of the job and can't change while it runs. */
interface CompiledRule extends Rule {

  /** What of the rule after it, if anything, this rule's operators can't do. */
  Optional<String> needsRestartFor(Rule after);
}
