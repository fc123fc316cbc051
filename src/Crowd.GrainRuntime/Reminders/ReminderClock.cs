namespace Crowd.GrainRuntime;

internal sealed class ReminderClock
{
    public Task<IGrainReminder> RegisterOrUpdateAsync(Activation activation, string name, TimeSpan dueTime, TimeSpan period, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task UnregisterAsync(GrainId grainId, IGrainReminder reminder, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IGrainReminder?> GetAsync(GrainId grainId, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<List<IGrainReminder>> GetAllAsync(GrainId grainId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
