using Crowd.Domain;
using Crowd.Marketplace.Loop;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Jobs;

/// <content>Putting the queue in the order in which labels teach most. It runs beside the work: no request waits for it.</content>
internal sealed partial class JobGrain
{
    /// <summary>Tasks that people decided between two looks at the labels.</summary>
    private const int LabelsBetweenLooks = 10;

    /// <summary>Time between two looks where labels come slowly, so that age and drift are seen.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromHours(1);

    private int _newLabels;
    private bool _learning;
    private DateTimeOffset? _lookedAt;
    private DateTimeOffset _learntSince;

    /// <summary>Begins to learn if it is time; once a second.</summary>
    private void LearnIfDue()
    {
        var isDue = _lookedAt is not { } looked || _newLabels >= LabelsBetweenLooks || Log.Now - looked >= LookInterval;
        if (!Spec.Policies.Learning.Learns || _learning || !_loaded || !isDue || State.Status != JobStatus.Open)
            return;
        if (_lookedAt is null)
            _learntSince = Log.Now;
        _learning = true;
        _newLabels = 0;
        _lookedAt = Log.Now;
        _ = LearnAsync();
    }

    private async Task LearnAsync()
    {
        try
        {
            var learnt = await GrainFactory.GetGrain<ILearningGrain>(LearningEvent.StreamOf(Id)).LearnAsync(Spec, _learntSince);
            _queue.Prefer(Spec.Policies.Learning.Order == QueryOrdering.None ? [] : learnt.Tasks.Select(_queue.Find).Where(slot => slot >= 0));
        }
        catch (Exception e)
        {
            LogNotLearnt(e, Stream); // tasks come as before; the next look tries again
        }
        finally
        {
            _learning = false;
        }
    }

    [LoggerMessage(1006, LogLevel.Warning, "{Job}: the order of its tasks could not be learnt; they come as before.")]
    private partial void LogNotLearnt(Exception exception, string job);
}
