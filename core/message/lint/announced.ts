/**
 * Things a lender announces that it will do, other than help: the shape of a threat in words nobody listed. "We will
 * review it with you" is none; "we will publish", "actuaremos" are.
 */
const kindEs =
  'ayud|acompan|revis|acord|busc|dej|guard|anot|escuch|ofrec|cambi|calcul|paus|record|habl|convers|ve|pod|esper|agradec|envi|mand|escrib|llam|contact|cont|d|explic|respond|atend|confirm|actualiz|mostr|encontr|sabr|ha|pedi|ped|recib|manten|mantendr|devolv|abon|conect|estar|ser|qu|esp|aplic|condon|ajust|perdon|reduc|baj|elimin|reembols|facilit|prorrog|extend|negoci|renegoci|simul|propon|firm|repart|divid|corr|correg|anul|levant|recib|vamos|intent|evit|respet|proteg|cuid|orient|gestion|resolv|comprend|entend|pond|tend|compart|pregunt|inform|avis|comunic|notific|public';
const harshEs = 'publicaremos|tendremos que|nos pondremos|informaremos a';

const kindEn =
  'have|help|assist|support|apply|waive|adjust|forgive|reduce|cut|remove|cancel|reimburse|extend|spread|split|renegotiate|propose|suggest|sign|fix|restore|reinstate|discuss|walk|review|look|agree|find|note|keep|listen|offer|change|work|pause|send|remind|call|ring|speak|talk|let|give|explain|answer|reply|confirm|update|show|be|try|do|see|go over|wait|lower|move|sort|not|never|also|gladly|always|then|set|make|arrange|contact|ask|tell|inform|share|get|take (?:note|care|into)|stop|respect|protect|check|correct|refund|credit|write|need|like|love|hold|need';

export const announcedEs = `(?:${harshEs})|(?!(?:${kindEs})(?:ar|er|ir|r)?emos)\\p{L}{2,}(?:ar|er|ir)emos`;
export const announcedEn = `we (?:will|shall|are going to|intend to|plan to) (?!(?:${kindEn})(?!\\p{L}))\\p{L}+|we will have to`;

/** What is announced to befall the person or what they own, whoever does it. */
export const befallsEs =
  '(?:sera|seran) (?:turnad|remitid|derivad|trasladad|reportad|embargad|rematad|ejecutad|suspendid|bloquead|descontad|retenid|vendid|cerrad)[oa]s?';
export const befallsEn =
  '(?:will|is going to|are going to) be (?:deducted|withheld|referred|handed|passed|filed|sold|suspended|blocked|taken|recovered|enforced|evicted)';
