using System.Text.Json;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Tasks;

/// <summary>A task that the worker has now. It says nothing of others' answers, nor whether the task is gold.</summary>
/// <param name="Id">The assignment; answers and returns name it.</param>
/// <param name="Job">The job.</param>
/// <param name="Task">The task.</param>
/// <param name="LeaseUntil">Submit before then.</param>
/// <param name="PayMicros">Pay for an accepted answer, in millionths of the currency's unit.</param>
[GraphQLName("Work")]
public sealed record Work(AssignmentId Id, JobId Job, TaskId Task, DateTimeOffset LeaseUntil, long PayMicros);

/// <summary>What the worker gets to see of the task.</summary>
[ExtendObjectType(typeof(Work))]
public static class WorkFields
{
    /// <summary>What is to be labelled.</summary>
    public static Task<JsonElement> GetInputAsync(Work work, InputLoader inputs) => inputs.LoadAsync(work.Task);
}

/// <summary>What comes of submitting an answer.</summary>
/// <param name="Assignment">The assignment that was answered.</param>
/// <param name="Repeated">True when the same answer had been submitted before: nothing changed.</param>
[GraphQLName("SubmitResult")]
public sealed record SubmitResult(AssignmentId Assignment, bool Repeated);

/// <summary>An answer on an assignment.</summary>
[GraphQLName("SubmitInput")]
public sealed record SubmitInput(AssignmentId Assignment, AnswerInput Answer);
