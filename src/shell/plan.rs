//! A script that is planned instead of run: what each statement would do to memory, and where the peak is.

use super::{Ending, Shell, Sink, Stream, ending_of};
use crate::memory::Ledger;
use crate::report::size::bytes;
use crate::report::{self, Markup, Role, code, fold};
use crate::session::{Effort, Failure, Memory, Plan, Planner, Script, Step};
use crate::syntax::ast::StmtKind;

impl Shell {
    /// Plans every statement of a text up to the first that would fail. With `--json` that is one object a statement,
    /// in which the line of the plan is what was printed, and the account is the planned one.
    pub(super) fn plan(&mut self, script: &Script, sink: Sink) -> Ending {
        let mut planner = match Planner::new(&self.session, &[], Effort::ASKED) {
            Ok(planner) => planner,
            Err(error) => {
                let failure = Some(Failure::placeless(&error));
                return self.finish(Step { failure, ..Step::default() }, sink).0;
            }
        };
        let mut ending = Ending::Well;
        let mut highest: Option<(usize, usize, String)> = None;
        let mut at_most = false;
        for statement in &script.statements {
            let mut step = Step::default();
            match statement {
                Err(error) => {
                    step.failure = Some(Failure::of_syntax(error, &script.text));
                    step.line = error.line;
                    step.memory = Memory::of(&Ledger::new());
                }
                // A command of the shell is no statement of the program.
                Ok(statement) if matches!(statement.kind, StmtKind::Command(..)) => continue,
                Ok(statement) => {
                    step.line = statement.line;
                    step.source = statement.span.of(&script.text).to_string();
                    match planner.plan(&self.session, statement, &script.text) {
                        Ok(plan) => {
                            at_most |= plan.at_most;
                            if highest.as_ref().is_none_or(|(peak, ..)| plan.memory.peak > *peak) {
                                highest = Some((plan.memory.peak, plan.line, plan.source.clone()));
                            }
                            step.memory = plan.memory.clone();
                            if !self.tell(&plan, &mut step, sink) {
                                break;
                            }
                            continue;
                        }
                        Err(error) => step.failure = Some(Failure::of(&error, &script.text, statement.line)),
                    }
                }
            }
            let (came, reads_on) = self.finish(step, sink);
            ending = came;
            if self.manner.stop_at_failure || !reads_on {
                break;
            }
        }
        if let Some((peak, line, source)) = highest.filter(|(peak, ..)| *peak > 0 && !self.manner.json) {
            let mut out = Markup::new();
            let most = if at_most { "at most " } else { "" };
            let said = format!("peak {most}{} in line {line}: {source}", bytes(peak));
            out.line(&report::shorten(&said, self.manner.view.width));
            sink(Stream::Out, &out);
        }
        ending
    }

    /// Shows the plan of a statement of a script. Whether somebody reads on.
    fn tell(&mut self, plan: &Plan, step: &mut Step, sink: Sink) -> bool {
        let said = report::plan_line(plan);
        if self.manner.json {
            step.stdout = format!("{said}\n");
            return self.show(step, sink);
        }
        let mut out = Markup::new();
        let number = format!("{:>4}  ", plan.line);
        let width = self.manner.view.width;
        out.add(Role::Dim, number.clone());
        out.extend(code(&report::shorten(&plan.source, width.saturating_sub(number.len())))).add(Role::Plain, "\n");
        for line in fold(&format!("      {said}"), 8, width) {
            out.line(&line);
        }
        sink(Stream::Out, &out)
    }

    /// Shows a step that failed. How it ended, and whether somebody reads on.
    fn finish(&mut self, step: Step, sink: Sink) -> (Ending, bool) {
        let reads_on = if self.manner.json { self.show(&step, sink) } else { self.complain(&step, sink) };
        (ending_of(&step), reads_on)
    }
}
