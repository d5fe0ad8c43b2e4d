import type { Text } from '../../text/text.ts';

/** Words that hold sentences together. What is shared by several languages counts less for each. */
const functionWords = {
  es: 'el la los las un una unos de del que y o en con por para su sus al se lo le les no si es son esta este estos hay ha han puede pueden usted nosotros nuestro nuestra cada pero como más mas sin hoy aquí aqui qué ya también tambien sólo solo cuando donde hasta entre sobre porque desde tiene quedan hola pagar pague llame llámenos responda escribe ayuda cuenta mensaje gracias',
  en: 'the a an of and or in on with for to your you we our is are be been it this that if not no can may have has from at by as but so what when who will would do does please thank us more any all about out up there how today pay help reply call account message thanks',
  pt: 'o a os as um uma de do da dos das que e ou em no na nos nas com por para seu sua seus suas ao à se não nao são sao está você voce nós nosso nossa mais sem hoje aqui já ja também pode podem conosco ainda ser tem olá ola pagamento conta ligue obrigado obrigada fatura dívida até prezado lembramos atrasado precisar',
  fr: 'le la les un une des de du que et ou en dans avec par pour votre vos au aux se ne pas est sont cette ce ces il vous nous notre plus sans ici déjà si peut pouvez sur qui être avez bonjour payer payez appelez compte merci n c l d j qu ou',
  it: 'il lo la gli le un una di del della dei che e o in con per suo sua al alla si non è sono questo questa ha noi nostro più senza qui già se può possiamo su chi essere deve anche salve pagare conto grazie chiamare insieme altrimenti fare da',
  de: 'der die das ein eine einen und oder in im mit für fur von zu zum zur auf ist sind nicht kein keine sie ihr ihre ihrem ihren wir uns unser wenn bitte es den dem des bei haben hat können konnen noch auch guten tag rufen bezahlen hilfe konto unter an',
  ca: 'el la els les un una de del que i o en amb per seu seva al es no és són aquest aquesta hi ha vostè nosaltres nostre més sense avui aquí ja si pot podem té pagar pagui truqui hola gràcies compte ajuda dels pagaments necessita',
  nl: 'de het een van en of in op met voor uw u wij we ons is zijn niet geen dit dat als er nog te bij naar om aan heeft hebben kan kunt hallo betaal betalen bel hulp nodig rekening via open staat',
} as const;

export type SpokenLanguage = keyof typeof functionWords;

export const languageNames: Record<SpokenLanguage, Text> = {
  es: { es: 'español', en: 'Spanish' },
  en: { es: 'inglés', en: 'English' },
  pt: { es: 'portugués', en: 'Portuguese' },
  fr: { es: 'francés', en: 'French' },
  it: { es: 'italiano', en: 'Italian' },
  de: { es: 'alemán', en: 'German' },
  ca: { es: 'catalán', en: 'Catalan' },
  nl: { es: 'neerlandés', en: 'Dutch' },
};

const languages = Object.keys(functionWords) as SpokenLanguage[];
const spokenIn = new Map<string, SpokenLanguage[]>();
for (const language of languages)
  for (const one of new Set(functionWords[language].split(' ')))
    spokenIn.set(one, [...(spokenIn.get(one) ?? []), language]);

/** Signs that one language has and the others here have not. */
const signs: readonly (readonly [RegExp, SpokenLanguage])[] = [
  [/[¿¡ñ]/gu, 'es'],
  [/[ãõ]|ções|ção|lh[ao]|nh[ao]/gu, 'pt'],
  [/[êœ]|(?<!\p{L})(?:n|qu)['’]/gu, 'fr'],
  [/ß|[äö]/gu, 'de'],
  [/l·l|(?<!\p{L})(?:és|són)(?!\p{L})/gu, 'ca'],
];

const leastWords = 6;
const leastShare = 0.15;

/**
 * The language a text is in, by its function words; null where it is too short or none stands out. The best must
 * lead the second by a tenth, so that a name or a foreign word changes nothing.
 */
export function detectLanguage(text: string): SpokenLanguage | null {
  const bare = text.toLowerCase().replaceAll(/\{\{[^}]*\}\}|https?:\S+/gu, ' ');
  const tokens = bare.match(/\p{L}+/gu) ?? [];
  if (tokens.length < leastWords) return null;
  const scores = new Map<SpokenLanguage, number>(languages.map((language) => [language, 0]));
  const add = (language: SpokenLanguage, by: number) =>
    scores.set(language, (scores.get(language) ?? 0) + by);
  for (const token of tokens) {
    const spoken = spokenIn.get(token) ?? [];
    for (const language of spoken) add(language, 1 / spoken.length);
  }
  for (const [sign, language] of signs) add(language, [...bare.matchAll(sign)].length);
  const [best, second] = [...scores].sort((a, b) => b[1] - a[1]);
  if (!best || !second || best[1] < leastShare * tokens.length || best[1] < second[1] * 1.1) return null;
  return best[0];
}
