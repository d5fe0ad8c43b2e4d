import { type Norm, norm } from '../norm.ts';

const law = 'Ley 29571';

export const peruNorms: Norm[] = [
  norm(
    'cap',
    'none',
    'to-verify',
    law,
    'No se halló tope numérico; rige el de la casa.',
    'No numeric cap was found; the house’s own applies.',
  ),
  norm(
    'consent',
    '',
    'to-verify',
    `${law}, art. 61`,
    'Procedimientos de cobranza razonables.',
    'Reasonable collection procedures.',
  ),
  norm(
    'third-parties',
    '',
    'primary',
    `${law}, art. 62`,
    'Nada a terceros sobre la deuda.',
    'Nothing to third parties about the debt.',
  ),
  norm(
    'content',
    'judicial_look',
    'primary',
    `${law}, art. 62.a`,
    'Ningún documento que parezca notificación judicial.',
    'No document that looks like a court notice.',
  ),
  norm(
    'content',
    'posters',
    'primary',
    `${law}, art. 62.c-d`,
    'Ni carteles a la vista, ni personas con anuncios o vestimenta inusual.',
    'No posters in public view, no persons with signs or unusual clothing.',
  ),
  norm(
    'content',
    'publish_list',
    'primary',
    `${law}, art. 62.e`,
    'Ni listas de deudores en medios sin orden judicial, salvo centrales de riesgo.',
    'No debtor lists in the media without court order, credit bureaus excepted.',
  ),
  norm(
    'penalty',
    '',
    'to-verify',
    `${law}; prensa de 2012`,
    'Multa de hasta 50 UIT según la prensa; el máximo legal está por verificar.',
    'Fine up to 50 UIT according to the press; the statutory maximum is to be verified.',
  ),
  norm(
    'implication',
    'loss_aversion',
    'primary',
    `${law}, art. 62.a`,
    'Sin marco judicial.',
    'No judicial framing.',
  ),
  norm(
    'implication',
    'social_proof',
    'to-verify',
    `${law}, arts. 2 y 13`,
    'Nada que confunda.',
    'No misleading information.',
  ),
];
