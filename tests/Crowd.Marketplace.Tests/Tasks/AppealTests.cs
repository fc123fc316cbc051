using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

public sealed class AppealTests : IDisposable
{
    private static readonly JobSpec Reviewed = Cast.Spec(p => p with { PayFor = PayFor.Reviewed, ReviewWindow = TimeSpan.FromHours(1), Redundancy = new() { MinAnswers = 1, MaxAnswers = 1, TargetConfidence = 0.5 } });

    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void An_answer_nobody_reviews_is_paid_when_the_window_is_over()
    {
        var job = _market.AddJob(_market.AddRequester(), spec: Reviewed);
        var worker = _market.AddWorker();
        var answer = _market.Work(job, worker, Cast.Yes);
        _market.Pass(TimeSpan.FromMinutes(59));
        Assert.Equal("submitted", _market.StatusOf(job, answer));
        _market.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal("accepted", _market.StatusOf(job, answer));
        Assert.Equal(10_000, _market.Balance(Account.Earned(worker)));
    }

    [Fact]
    public void An_upheld_appeal_is_paid_from_the_escrow_while_the_job_has_it()
    {
        var (job, worker, answer) = Rejected();
        Uphold(answer);
        Uphold(answer);
        Assert.Equal("accepted", _market.StatusOf(job, answer));
        Assert.Equal(10_000, _market.Balance(Account.Earned(worker)));
        Assert.Equal(0, _market.Balance(Account.Appeals));
        Assert.Equal(12_000, _market.JobRow(job).Columns[JobsTable.Spent].Integer);
    }

    [Fact]
    public void An_upheld_appeal_is_paid_by_the_platform_after_the_escrow_went_back()
    {
        var (job, worker, answer) = Rejected();
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
        _market.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("closed", _market.StatusOf(job));
        Uphold(answer);
        Assert.Equal(10_000, _market.Balance(Account.Earned(worker)));
        Assert.Equal(-10_000, _market.Balance(Account.Appeals));
        Assert.Equal(0, _market.Balance(Account.Escrow(job)));
    }

    [Fact]
    public void An_appeal_that_could_not_be_answered_keeps_no_money_back()
    {
        var (job, _, answer) = Rejected(fundMicros: 12_000);
        Assert.Equal(RejectionCode.Invalid, _market.Refused(() => _market.Task(answer.Task).ResolveAppealAsync(answer, uphold: true, "", Cast.Actor)));
        _market.Pass(TimeSpan.FromSeconds(5));
        Assert.Single(_market.Request(job, _market.AddWorker()));
    }

    private (JobId Job, WorkerId Worker, AssignmentId Answer) Rejected(long fundMicros = 1_000_000)
    {
        var job = _market.AddJob(_market.AddRequester(), tasks: 2, spec: Reviewed, fundMicros: fundMicros);
        var worker = _market.AddWorker();
        var answer = _market.Work(job, worker, Cast.Yes);
        _market.Must(() => _market.Task(answer.Task).ReviewAsync(answer, approve: false, "wrong", Cast.Actor));
        _market.Must(() => _market.Task(answer.Task).AppealAsync(answer, worker, "but it is so", Cast.Actor));
        return (job, worker, answer);
    }

    private void Uphold(AssignmentId answer) => _market.Must(() => _market.Task(answer.Task).ResolveAppealAsync(answer, uphold: true, "right after all", Cast.Actor));
}
