import { Field, ID, InputType, Int } from 'type-graphql';
import { VisibilityPreset } from '../../access/visibility';
import { type VisibilityOverrides, VisibilitySettingsInput } from '../../access/visibility.types';
import { CurrencyCodeScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { NotificationFrequency } from './notification-frequency';
import { InvitePolicy } from './workspace.entity';

@InputType({ description: 'A workspace of one’s own.' })
export class CreateWorkspaceInput {
  @Field({ description: 'What the company is called: 1 to 120 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'IANA time zone; without it the caller’s own.' })
  timezone?: string | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'What clients are billed in; EUR without it.' })
  defaultCurrency?: string | null;
}

@InputType({ description: 'How the workspace shows itself to its clients; what is left out stays.' })
class WorkspaceBrandingInput {
  @Field(() => String, { nullable: true, description: 'Web address of the logo; null for none.' })
  logoUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'One colour, `#rrggbb`; null for none.' })
  colour?: string | null;
}

@InputType({ description: 'What to change of a workspace; what is left out stays.' })
export class UpdateWorkspaceInput {
  @Field(() => ID, { description: 'Which.' })
  workspaceId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'What the company is called: 1 to 120 characters.' })
  name?: string | null;

  @Field(() => WorkspaceBrandingInput, { nullable: true, description: 'Logo and colour.' })
  branding?: WorkspaceBrandingInput | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone: `Europe/Oslo`.' })
  timezone?: string | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'For client organisations made from now on.' })
  defaultCurrency?: string | null;

  @Field(() => InvitePolicy, { nullable: true, description: 'Who may invite people to a project.' })
  invitePolicy?: InvitePolicy | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether team members see bill rates and amounts by task.' })
  membersSeeBillRates?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether clients may edit their own name and phone.' })
  clientProfileEdit?: boolean | null;

  @Field(() => NotificationFrequency, {
    nullable: true,
    description: 'How often people get mail who have not chosen themselves.',
  })
  notificationDefault?: NotificationFrequency | null;

  @Field(() => VisibilityPreset, { nullable: true, description: 'The preset of projects made from now on.' })
  defaultPreset?: VisibilityPreset | null;

  @Field(() => VisibilitySettingsInput, {
    nullable: true,
    description: 'Where projects made from now on depart from that preset.',
  })
  defaultVisibility?: VisibilityOverrides | null;
}
