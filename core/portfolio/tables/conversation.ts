import { boolean, date, double, money, required, type Table, text, timestamp } from '../column.ts';
import { channels } from './people.ts';

export const contacts: Table = {
  name: 'contacts',
  key: ['contact_id'],
  about: { es: 'Contactos intentados', en: 'Contact attempts' },
  columns: {
    contact_id: text('Contacto', 'Contact', required),
    customer_id: text('Persona', 'Person', required),
    account_id: text('Cuenta', 'Account'),
    channel: text('Canal', 'Channel', { ...required, values: channels }),
    style: text('Estilo del mensaje', 'Message style'),
    template_id: text('Plantilla', 'Template'),
    sent_at: timestamp('Enviado', 'Sent', required),
    known_at: timestamp('Conocido', 'Known', { defaultTo: 'sent_at' }),
    delivered: boolean('Entregado', 'Delivered'),
    opened: boolean('Abierto', 'Opened'),
    clicked: boolean('Pulsado', 'Clicked'),
    replied: boolean('Respondido', 'Replied'),
    right_party: boolean('Contacto con el titular', 'Right party'),
    agent_id: text('Agente', 'Agent', { tag: 'personal' }),
    cost: money('Costo', 'Cost', { minimum: 0 }),
    experiment_id: text('Experimento', 'Experiment'),
    arm: text('Brazo', 'Arm'),
    propensity: double('Probabilidad con que se eligió', 'Probability it was chosen with', { minimum: 0 }),
  },
};

const chance = (channel: string, es: string, en: string) =>
  [`p_${channel}`, double(es, en, { minimum: 0 })] as const;

/** What could have been done with a person on a day, and how likely each choice was when it was made. */
export const contactDecisions: Table = {
  name: 'contact_decisions',
  key: ['decision_id'],
  about: {
    es: 'Decisiones de contactar o no, con la probabilidad de cada canal al decidir',
    en: 'Decisions to contact or not, with the probability of each channel when they were made',
  },
  columns: {
    decision_id: text('Decisión', 'Decision', required),
    customer_id: text('Persona', 'Person', required),
    account_id: text('Cuenta', 'Account'),
    decided_on: date('Día de la decisión', 'Day of the decision', required),
    channel: text('Canal intentado, o none', 'Channel attempted, or none', {
      ...required,
      values: ['none', ...channels],
    }),
    ...Object.fromEntries([
      chance('none', 'Probabilidad de no contactar', 'Probability of no contact'),
      ...channels.map((channel) =>
        chance(channel, `Probabilidad de ${channel}`, `Probability of ${channel}`),
      ),
    ]),
  },
};

export const promises: Table = {
  name: 'promises',
  key: ['promise_id'],
  about: { es: 'Promesas de pago', en: 'Promises to pay' },
  columns: {
    promise_id: text('Promesa', 'Promise', required),
    account_id: text('Cuenta', 'Account', required),
    made_at: timestamp('Hecha', 'Made', required),
    due_on: date('Para el', 'Due', required),
    amount: money('Importe', 'Amount', { ...required, minimum: 0 }),
    kept: boolean('Cumplida', 'Kept'),
  },
};
