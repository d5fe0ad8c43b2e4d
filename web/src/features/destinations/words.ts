import type { DestinationRecord } from '#core/contract/delivery/destinations.ts';
import { useDestinationText } from './text.ts';

/** What a destination promises, in words. */
export function useWords() {
  const t = useDestinationText();
  const promise = ({ guarantees }: Pick<DestinationRecord, 'guarantees'>): string =>
    guarantees.messages ? t(`promise.${guarantees.messages}`) : t('promise.none');
  return { promise };
}
