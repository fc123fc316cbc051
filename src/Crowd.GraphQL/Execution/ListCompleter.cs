using Crowd.GraphQL.Results;

namespace Crowd.GraphQL.Execution;

/// <summary>A list (section 6.4.3). Items are completed in order; one that fails and must not be null ends the list.</summary>
internal sealed class ListCompleter<TList, TItem>(Completer<TItem> item, bool areItemsNonNull) : Completer<TList>
    where TList : IEnumerable<TItem>?
{
    public override void Complete(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull, TList value)
    {
        switch (value)
        {
            case null:
                CompleteNull(execution, plan, container, slot, isNonNull);
                break;
            case TItem[] array:
                CompleteItems(execution, plan, container, slot, isNonNull, array);
                break;
            case IReadOnlyList<TItem> list:
                CompleteItems(execution, plan, container, slot, isNonNull, list);
                break;
            default:
                CompleteItems(execution, plan, container, slot, isNonNull, (TItem[])[.. value]);
                break;
        }
    }

    private void CompleteItems(
        OperationExecution execution,
        FieldPlan plan,
        ResultContainer container,
        int slot,
        bool isNonNull,
        IReadOnlyList<TItem> items)
    {
        var count = items.Count;
        var result = new ListResult(container, slot, isNonNull, count);
        container.Slots[slot].SetContainer(result);
        for (var i = 0; i < count && !result.IsReplaced; i++)
        {
            try
            {
                item.Complete(execution, plan, result, i, areItemsNonNull, items[i]);
            }
            catch (Exception exception) when (execution.MayHandle(exception))
            {
                execution.Fail(plan, result, i, areItemsNonNull, exception);
            }
        }
    }
}
