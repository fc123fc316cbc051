using Crowd.GraphQL.Execution;

namespace Crowd.GraphQL.Results;

/// <summary>An object or list of a result that is being made. Knows its place, so that a path is put together only for an error.</summary>
internal abstract class ResultContainer(ResultContainer? parent, int index, bool isNonNull, ResultSlot[] slots)
{
    private bool _isDead;

    public ResultContainer? Parent { get; } = parent;

    /// <summary>The slot of the parent that holds this container.</summary>
    public int Index { get; } = index;

    public ResultSlot[] Slots { get; } = slots;

    /// <summary>Whether null has taken the place of this container, or of one that holds it. What completes later is dropped.</summary>
    public bool IsDead
    {
        get
        {
            for (var container = this; container is not null; container = container.Parent)
            {
                if (container._isDead)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether this very container was replaced; enough within the pass that is filling it.</summary>
    public bool IsReplaced => _isDead;

    /// <summary>The name or number of a slot, as paths have it.</summary>
    public abstract object Key(int slot);

    /// <summary>Section 6.4.4: null goes up to the nearest place that may be null. Gives false if that is the whole data.</summary>
    public bool ReplaceWithNull()
    {
        for (var container = this; ; container = container.Parent)
        {
            container._isDead = true;
            if (container.Parent is null)
            {
                return false;
            }

            if (!container.IsNonNull)
            {
                container.Parent.Slots[container.Index].SetNull();
                return true;
            }
        }
    }

    public object[] PathOf(int slot)
    {
        var depth = 1;
        for (var container = this; container.Parent is not null; container = container.Parent)
        {
            depth++;
        }

        var path = new object[depth];
        for (var container = this; container is not null; container = container.Parent)
        {
            path[--depth] = container.Key(slot);
            slot = container.Index;
        }

        return path;
    }

    private bool IsNonNull { get; } = isNonNull;
}

internal sealed class ObjectResult(ResultContainer? parent, int index, bool isNonNull, SelectionPlan plan)
    : ResultContainer(parent, index, isNonNull, new ResultSlot[plan.Fields.Length])
{
    public SelectionPlan Plan { get; } = plan;

    public override object Key(int slot) => Plan.Fields[slot].ResponseName;
}

internal sealed class ListResult(ResultContainer parent, int index, bool isNonNull, int count)
    : ResultContainer(parent, index, isNonNull, count == 0 ? [] : new ResultSlot[count])
{
    public override object Key(int slot) => slot;
}
