namespace Crowd.GrainRuntime.Tests;

internal sealed record Parcel(string Content);

internal interface ICallGrain : IGrainWithStringKey
{
    Task Nothing();

    Task<string> Key();

    Task<int> Sum(int a, long b, byte c, short d, int e, int f, int g, int h, int i, Parcel j);

    Task<Parcel> Same(Parcel parcel, CancellationToken cancellationToken);

    ValueTask<int> Double(int value);

    ValueTask Quiet();

    Task<bool> TokenIs(CancellationToken cancellationToken);

    Task FailsAtOnce(string message);

    Task FailsLater(string message);

    Task<int> Cancelled();

    Task<string> ThroughItself();

    [OneWay]
    void Post(string what);

    [OneWay]
    Task PostAndFail(string what);
}

internal sealed class CallGrain(Probe probe) : Grain, ICallGrain
{
    public Task Nothing() => Task.CompletedTask;

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<int> Sum(int a, long b, byte c, short d, int e, int f, int g, int h, int i, Parcel j) =>
        Task.FromResult((int)(a + b + c + d + e + f + g + h + i + j.Content.Length));

    public async Task<Parcel> Same(Parcel parcel, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return parcel;
    }

    public ValueTask<int> Double(int value) => new(value * 2);

    public async ValueTask Quiet() => await Task.Yield();

    public Task<bool> TokenIs(CancellationToken cancellationToken) => Task.FromResult(cancellationToken.IsCancellationRequested);

    public Task FailsAtOnce(string message) => throw new InvalidDataException(message);

    public async Task FailsLater(string message)
    {
        await Task.Yield();
        throw new InvalidDataException(message);
    }

    public async Task<int> Cancelled()
    {
        await Task.Yield();
        throw new OperationCanceledException();
    }

    public Task<string> ThroughItself() => Task.FromResult(
        this.AsReference<ICallGrain>().GetPrimaryKeyString() + GrainFactory.GetGrain<ICallGrain>("other").GetPrimaryKeyString());

    public void Post(string what) => probe.Note(what);

    public async Task PostAndFail(string what)
    {
        probe.Note(what);
        await probe.At("post");
        throw new InvalidDataException(what);
    }
}
