import type { Locale } from '../../text/text.ts';

const negators: Record<Locale, RegExp> = {
  es: /(?<!\p{L})(?:no|ni|nunca|jamas|sin|tampoco|nadie|ningun[ao]?)(?!\p{L})/u,
  en: /(?<!\p{L})(?:not|no|never|nor|neither|nothing|nobody|no one|none|without|cannot|\p{L}+n't)(?!\p{L})/u,
};

/** A condition is no denial: "si no paga, …", "if you do not pay, …". Taken out before denials are looked for. */
const conditions: Record<Locale, RegExp> = {
  es: /(?<!\p{L})(?:si|cuando|de|mientras|como|quien|quienes|que) (?:usted )?(?:aun )?no(?: (?:se|nos|lo|la|le|ha))? \p{L}+/gu,
  en: /(?<!\p{L})(?:if|when|unless|until|should|who|know|as long as)(?: \p{L}+){0,2}? (?:do|does|did|is|are|have|has)? ?(?:not|n't|never)(?: \p{L}+)?|(?<!\p{L})(?:if|when|unless) (?:\p{L}+ )?(?:don't|doesn't|won't|isn't|haven't)/gu,
};

const words = 12;

/** Whether what begins at `at` is denied in its own sentence: "esta no es una demanda", "we never tell your family". */
export function isDenied(plain: string, at: number, language: Locale): boolean {
  const sentence =
    plain
      .slice(0, at)
      .split(/[.;:!?\n]/u)
      .at(-1) ?? '';
  const before = sentence.replaceAll(conditions[language], ' ').split(/\s+/u).slice(-words).join(' ');
  return negators[language].test(before);
}
