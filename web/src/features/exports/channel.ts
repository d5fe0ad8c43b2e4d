import { channels } from '#core/portfolio/tables/people.ts';
import { useExportText } from './text.ts';

/** Channels in words. */
export function useChannels() {
  const t = useExportText();
  return (id: string): string => {
    const known = channels.find((one) => one === id);
    return known ? t(`channel.${known}`) : id || '–';
  };
}
