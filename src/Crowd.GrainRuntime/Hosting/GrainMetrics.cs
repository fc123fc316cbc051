namespace Crowd.GrainRuntime;

internal sealed class GrainMetrics
{
    public void Activated(GrainClass grainClass)
    {
    }

    public void Ended(GrainClass grainClass)
    {
    }

    public void Refused(GrainClass grainClass)
    {
    }

    public void TimedOut()
    {
    }
}
