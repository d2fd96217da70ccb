/** The groups of the day with their counts; one can be shown alone. */
import { GROUP_NAMES, GROUPS, type Group } from "./view";

export function GroupTabs(props: {
  counts: Readonly<Record<string, number>> | null;
  group: Group | "";
  onGroup: (group: Group | "") => void;
}) {
  const { counts, group, onGroup } = props;
  const all = counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <div class="groups" role="group" aria-label="Groups">
      <Tab label="All" count={all} pressed={group === ""} onPress={() => onGroup("")} />
      {GROUPS.map((name) => (
        <Tab
          key={name}
          name={name}
          label={GROUP_NAMES[name]}
          count={counts && (counts[name] ?? 0)}
          pressed={group === name}
          onPress={() => onGroup(group === name ? "" : name)}
        />
      ))}
    </div>
  );
}

function Tab(props: { name?: string; label: string; count: number | null; pressed: boolean; onPress: () => void }) {
  return (
    <button
      type="button"
      class={`group-tab ${props.name ? `group-tab-${props.name}` : ""} ${props.count ? "" : "is-none"}`}
      aria-pressed={props.pressed}
      onClick={props.onPress}
    >
      {props.label} <b>{props.count ?? ""}</b>
    </button>
  );
}
