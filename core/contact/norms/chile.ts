import { type Norm, norm } from '../norm.ts';

const law = 'Ley 19.496, art. 37';

export const chileNorms: Norm[] = [
  norm(
    'consent',
    '',
    'secondary',
    `${law}; Subtel`,
    'Deberes de información e identificación; desde agosto de 2025 las llamadas salen de numeración 600.',
    'Duties to inform and identify; since August 2025 calls come from numbers beginning 600.',
  ),
  norm(
    'third-parties',
    '',
    'secondary',
    law,
    'Nada al empleador, familia ni amigos.',
    'Nothing to employer, family or friends.',
  ),
  norm(
    'content',
    'judicial_look',
    'secondary',
    law,
    'Nada que parezca un documento judicial.',
    'Nothing that looks like a paper of the courts.',
  ),
  norm(
    'content',
    'principles',
    'secondary',
    law,
    'Proporción, razón, transparencia, veracidad, dignidad, integridad y privacidad del hogar.',
    'Proportion, reason, transparency, truth, dignity, integrity and privacy of the home.',
  ),
  norm(
    'retention',
    '',
    'secondary',
    law,
    'Tipo y frecuencia de cada gestión se guardan 2 años por deudor.',
    'Type and frequency of every contact are kept 2 years per debtor.',
  ),
  norm('penalty', '', 'secondary', law, 'Hasta 300 UTM.', 'Up to 300 UTM.'),
  norm(
    'conflict',
    '',
    'secondary',
    'adnradio.cl; garrigues.com',
    'Parte de la prensa dice dos contactos por semana por cualquier medio; el texto distingue uno de llamada o visita y dos de los demás. Se toma lo estricto por clase de canal.',
    'Some press says two contacts a week by any means; the text distinguishes one call or visit and two others. The stricter per class of channel is taken.',
  ),
  {
    ...norm(
      'conflict',
      'bill',
      'secondary',
      'emerix.net',
      'Un proyecto para restringir más días y horas estaba en el Congreso a fines de 2023: revisar.',
      'A bill to restrict days and hours further was in Congress at the end of 2023: re-check.',
    ),
  },
  norm(
    'implication',
    'loss_aversion',
    'secondary',
    law,
    'Verdad y proporción están en la ley: nada sin sustento.',
    'Truth and proportion are statutory: nothing unsubstantiated.',
  ),
  norm(
    'implication',
    'social_proof',
    'secondary',
    law,
    'Veracidad: debe ser cierto.',
    'Veracity: it must be true.',
  ),
];
