using Crowd.GraphQL.Results;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Execution;

/// <summary>Puts a resolver's value into the result: <c>CompleteValue</c> of section 6.4.3, typed so that nothing is boxed.</summary>
internal abstract class Completer<T>
{
    /// <summary>Completes the value into a slot. Throws what becomes a field error at that slot.</summary>
    public abstract void Complete(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull, T value);

    protected static void CompleteNull(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull)
    {
        if (isNonNull)
        {
            execution.Fail(plan, container, slot, isNonNull, execution.NullNotAllowed(plan));
        }
    }
}

/// <summary>A scalar or enum.</summary>
internal sealed class LeafCompleter<T>(LeafWriter<T> write) : Completer<T>
{
    public override void Complete(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull, T value)
    {
        if (value is null)
        {
            CompleteNull(execution, plan, container, slot, isNonNull);
            return;
        }

        write(value, ref container.Slots[slot]);
        if (isNonNull && container.Slots[slot].IsNull)
        {
            CompleteNull(execution, plan, container, slot, isNonNull);
        }
    }
}

internal delegate void LeafWriter<in T>(T value, ref ResultSlot slot);

/// <summary>A value type that may be null.</summary>
internal sealed class NullableCompleter<T>(Completer<T> inner) : Completer<T?>
    where T : struct
{
    public override void Complete(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull, T? value)
    {
        if (value is { } present)
        {
            inner.Complete(execution, plan, container, slot, isNonNull, present);
        }
        else
        {
            CompleteNull(execution, plan, container, slot, isNonNull);
        }
    }
}

/// <summary>An object whose type is known.</summary>
internal sealed class ObjectCompleter<T>(ObjectType type) : Completer<T>
{
    public override void Complete(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull, T value)
    {
        if (value is null)
        {
            CompleteNull(execution, plan, container, slot, isNonNull);
            return;
        }

        var result = new ObjectResult(container, slot, isNonNull, plan.SelectionOn(type));
        container.Slots[slot].SetContainer(result);
        execution.ExecuteFields(result, value);
    }
}

/// <summary>An interface or union: the C# type of the value says which object it is (<c>ResolveAbstractType</c>, section 6.4.3).</summary>
internal sealed class AbstractCompleter<T>(CompositeType type, ObjectTypeMap objects) : Completer<T>
{
    public override void Complete(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull, T value)
    {
        if (value is null)
        {
            CompleteNull(execution, plan, container, slot, isNonNull);
            return;
        }

        var actual = objects.Find(value.GetType()) ?? throw new InvalidOperationException($"{value.GetType()} is no object of {type.Name}.");
        var result = new ObjectResult(container, slot, isNonNull, plan.SelectionOn(actual));
        container.Slots[slot].SetContainer(result);
        execution.ExecuteFields(result, value);
    }
}
