import { registerEnumType } from 'type-graphql';

export enum NotificationFrequency {
  INSTANT = 'INSTANT',
  DAILY = 'DAILY',
  WEEKLY = 'WEEKLY',
  CRITICAL_ONLY = 'CRITICAL_ONLY',
  NONE = 'NONE',
}

registerEnumType(NotificationFrequency, {
  name: 'NotificationFrequency',
  description:
    'How often somebody is written to by mail about their notifications. Whatever they choose they find all of them in ' +
    'the portal, and are written to when their access to a project is taken from them.',
  valuesConfig: {
    INSTANT: { description: 'At once. The default.' },
    DAILY: { description: 'What is unread, every day at 08:00 of their time zone.' },
    WEEKLY: { description: 'What is unread, every Monday at 08:00 of their time zone.' },
    CRITICAL_ONLY: { description: 'At once, of critical things alone.' },
    NONE: { description: 'Never.' },
  },
});
